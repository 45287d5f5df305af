import { useNavigate } from 'react-router';
import type { ReactNode } from 'react';
import { paths } from '../../paths.js';
import { TabRow } from '../../ui/TabRow.js';

type SettingsTab = 'profile' | 'tokens' | 'advisories' | 'system';

const addresses: Readonly<Record<SettingsTab, string>> = { profile: paths.profile(), tokens: paths.accessTokens(), advisories: paths.advisories(), system: paths.system() };

/** The pages of the settings, side by side. */
export function SettingsTabs({ selected, children }: { readonly selected: SettingsTab; readonly children: ReactNode }) {
  const navigate = useNavigate();
  return (
    <TabRow<SettingsTab>
      label="Settings"
      frame="page"
      selected={selected}
      onSelect={(tab) => void navigate(addresses[tab])}
      tabs={[
        { id: 'profile', label: 'Profile' },
        { id: 'tokens', label: 'Access tokens' },
        { id: 'advisories', label: 'Advisory sources' },
        { id: 'system', label: 'System' },
      ]}
    >
      {children}
    </TabRow>
  );
}
