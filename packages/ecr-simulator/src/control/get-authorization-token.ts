import { registryHostName } from '../registry-place.js';
import { epochSeconds, type Operation } from './operation-context.js';

/** GetAuthorizationToken of private ECR. `registryIds` is deprecated and changes nothing but the endpoint named. */
export const getAuthorizationToken: Operation = ({ state, principal, fields }) => {
  fields.strings('registryIds');
  state.access.requireWithoutResource(principal, 'ecr:GetAuthorizationToken');
  const { password, expiresAt } = state.tokens.mint(principal.arn, state.now(), principal.sessionExpiresAt);
  return {
    authorizationData: [
      {
        authorizationToken: Buffer.from(`AWS:${password}`).toString('base64'),
        expiresAt: epochSeconds(expiresAt),
        proxyEndpoint: `https://${registryHostName({ account: principal.account, region: state.region })}`,
      },
    ],
  };
};

/** GetAuthorizationToken of ECR Public: one object, no endpoint, and a second permission. */
export const getPublicAuthorizationToken: Operation = ({ state, principal }) => {
  state.access.requireWithoutResource(principal, 'ecr-public:GetAuthorizationToken');
  state.access.requireWithoutResource(principal, 'sts:GetServiceBearerToken');
  const { password, expiresAt } = state.publicTokens.mint(principal.arn, state.now(), principal.sessionExpiresAt);
  return {
    authorizationData: { authorizationToken: Buffer.from(`AWS:${password}`).toString('base64'), expiresAt: epochSeconds(expiresAt) },
  };
};
