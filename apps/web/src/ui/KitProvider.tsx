import { I18nProvider } from '@cloudscape-design/components/i18n';
import messages from '@cloudscape-design/components/i18n/messages/all.en-GB';
import type { ReactNode } from 'react';

/** The words of the kit's own parts, in British English. */
export function KitProvider({ children }: { readonly children: ReactNode }) {
  return (
    <I18nProvider locale="en-GB" messages={[messages]}>
      {children}
    </I18nProvider>
  );
}
