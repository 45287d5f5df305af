import { boolean, index, text } from 'drizzle-orm/pg-core';
import { esscm, moment, orderedText } from './columns.js';
import { organizations } from './organization-tables.js';

export const user = esscm.table('user', {
  id: orderedText('id').primaryKey(),
  name: text('name').notNull(),
  email: orderedText('email').notNull().unique('user_email'),
  emailVerified: boolean('email_verified').notNull().default(false),
  image: text('image'),
  role: text('role').notNull().default('administrator'),
  organizationId: orderedText('organization_id').references(() => organizations.id, { onDelete: 'cascade' }),
  createdAt: moment('created_at').notNull().defaultNow(),
  updatedAt: moment('updated_at').notNull().defaultNow(),
});

export const session = esscm.table(
  'session',
  {
    id: orderedText('id').primaryKey(),
    expiresAt: moment('expires_at').notNull(),
    token: orderedText('token').notNull().unique('session_token'),
    createdAt: moment('created_at').notNull().defaultNow(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
    userId: orderedText('user_id')
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
  },
  (table) => [index('session_of_user').on(table.userId)],
);

export const account = esscm.table(
  'account',
  {
    id: orderedText('id').primaryKey(),
    accountId: orderedText('account_id').notNull(),
    providerId: orderedText('provider_id').notNull(),
    userId: orderedText('user_id')
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    idToken: text('id_token'),
    accessTokenExpiresAt: moment('access_token_expires_at'),
    refreshTokenExpiresAt: moment('refresh_token_expires_at'),
    scope: text('scope'),
    password: text('password'),
    createdAt: moment('created_at').notNull().defaultNow(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (table) => [index('account_of_user').on(table.userId)],
);

export const verification = esscm.table(
  'verification',
  {
    id: orderedText('id').primaryKey(),
    identifier: orderedText('identifier').notNull(),
    value: text('value').notNull(),
    expiresAt: moment('expires_at').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (table) => [index('verification_identifier').on(table.identifier)],
);

/**
 * The tables of better-auth 1.7, under the names its drizzle adapter asks for. `user.role` and `user.organizationId` are ours:
 * name them as additional fields to read them through better-auth.
 */
export const authenticationTables = { user, session, account, verification };
