import { useQuery } from '@apollo/client/react';
import { useShortcutsSwitch } from '../../frame/shortcuts.js';
import { usePageLayout } from '../../frame/layout.js';
import { ProfileDocument } from '../../gql/graphql.js';
import { useAppearance } from '../../ui/appearance.js';
import { Checkbox } from '../../ui/Checkbox.js';
import { Facts } from '../../ui/Facts.js';
import { PageHeader } from '../../ui/PageHeader.js';
import { Panel, Stack } from '../../ui/Panel.js';
import { Segments } from '../../ui/Segments.js';
import { QueryView } from '../QueryView.js';
import { SettingsTabs } from './SettingsTabs.js';

/** Who is signed in, and how the app looks in this browser. */
export function ProfilePage() {
  usePageLayout({ contentType: 'form' });
  const result = useQuery(ProfileDocument);
  const [{ mode, density }, setAppearance] = useAppearance();
  const [shortcuts, setShortcuts] = useShortcutsSwitch();
  return (
    <QueryView result={result}>
      {({ viewer }) => (
        <>
          <PageHeader name="Settings" facts="Yours, and those of this installation." />
          <SettingsTabs selected="profile">
            <Stack>
              <Panel title="Profile">
                <Facts
                  facts={[
                    { label: 'Name', value: viewer?.name },
                    { label: 'Email', value: viewer?.email },
                    { label: 'Role', value: viewer?.role },
                    { label: 'Organisation', value: viewer?.organization.name },
                  ]}
                />
              </Panel>
              <Panel title="Appearance" description="Kept in this browser.">
                <Stack>
                  <Segments
                    label="Theme"
                    selected={mode}
                    options={[
                      { id: 'light', text: 'Light' },
                      { id: 'dark', text: 'Dark' },
                      { id: 'system', text: 'As the system' },
                    ]}
                    onChange={(chosen) => setAppearance({ mode: chosen })}
                  />
                  <Segments
                    label="Density"
                    selected={density}
                    options={[
                      { id: 'comfortable', text: 'Comfortable' },
                      { id: 'compact', text: 'Compact' },
                    ]}
                    onChange={(chosen) => setAppearance({ density: chosen })}
                  />
                  <Checkbox checked={shortcuts} onChange={({ detail }) => setShortcuts(detail.checked)} description="Such as / to search and g i for the images. Press ? for all of them.">
                    Single-letter shortcuts
                  </Checkbox>
                </Stack>
              </Panel>
            </Stack>
          </SettingsTabs>
        </>
      )}
    </QueryView>
  );
}
