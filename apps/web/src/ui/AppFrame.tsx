import AppLayoutToolbar from '@cloudscape-design/components/app-layout-toolbar';
import BreadcrumbGroup from '@cloudscape-design/components/breadcrumb-group';
import SideNavigation, { type SideNavigationProps } from '@cloudscape-design/components/side-navigation';
import SplitPanel from '@cloudscape-design/components/split-panel';
import { useState, type ReactNode } from 'react';
import { isPhone, usePhone } from './media.js';

interface AppFrameProps {
  readonly organization: string;
  readonly home: string;
  readonly groups: readonly (readonly { readonly text: string; readonly href: string; readonly icon: ReactNode }[])[];
  readonly activeHref: string;
  /** Wide navigation; otherwise the rail. On a phone it is always a drawer of its own. */
  readonly expanded: boolean;
  readonly onExpandedChange: (expanded: boolean) => void;
  readonly onFollow: (href: string) => void;
  readonly crumbs: readonly { readonly text: string; readonly href: string }[];
  readonly contentType: 'default' | 'table' | 'wizard' | 'form' | 'cards' | 'dashboard';
  readonly panel: { readonly header: string; readonly close: () => void } | undefined;
  readonly panelRef: (element: HTMLElement | null) => void;
  readonly children: ReactNode;
}

const longestCrumb = 80;

/** The kit measures a crumb at its whole width: an identifier of an address may be thousands of letters, and the page would go sideways. */
function shortened(text: string): string {
  return text.length <= longestCrumb ? text : `${text.slice(0, longestCrumb - 1)}…`;
}

/** The kit's frame below our own top bar (`#top`). */
export function AppFrame(props: AppFrameProps) {
  const { organization, home, groups, activeHref, expanded, onExpandedChange, onFollow, crumbs, contentType, panel, panelRef, children } = props;
  const phone = usePhone();
  const [drawerOpen, setDrawerOpen] = useState(false);
  const [panelSize, setPanelSize] = useState(452);
  const open = phone ? drawerOpen : expanded;
  const follow = (href: string): void => {
    setDrawerOpen(false);
    onFollow(href);
  };
  return (
    <AppLayoutToolbar
      headerSelector="#top"
      toolsHide
      contentType={contentType}
      navigationWidth={212}
      navigationCollapsedWidth={56}
      navigationCloseBehavior={phone ? 'hide' : 'collapse'}
      navigationTriggerHide={!phone}
      navigationOpen={open}
      // The kit closes the navigation when the window becomes narrow: that is nobody's choice.
      onNavigationChange={({ detail }) => (isPhone() ? setDrawerOpen(detail.open) : onExpandedChange(detail.open))}
      ariaLabels={{ navigation: 'Main', navigationToggle: 'Open the navigation', navigationClose: 'Close the navigation' }}
      navigation={
        <SideNavigation
          collapsed={!open && !phone}
          header={{ text: organization, href: home }}
          activeHref={activeHref}
          items={groups.flatMap((group, index): SideNavigationProps.Item[] => [
            ...(index === 0 ? [] : [{ type: 'divider' as const }]),
            ...group.map(({ text, href, icon }) => ({ type: 'link' as const, text, href, icon })),
          ])}
          onFollow={(event) => {
            event.preventDefault();
            follow(event.detail.href);
          }}
        />
      }
      breadcrumbs={
        crumbs.length < 2 ? undefined : (
          <BreadcrumbGroup
            ariaLabel="Breadcrumbs"
            expandAriaLabel="Show the whole way"
            items={crumbs.map(({ text, href }) => ({ text: shortened(text), href }))}
            onFollow={(event) => {
              event.preventDefault();
              follow(event.detail.href);
            }}
          />
        )
      }
      splitPanelOpen={panel !== undefined}
      splitPanelPreferences={{ position: 'side' }}
      splitPanelSize={panelSize}
      onSplitPanelResize={({ detail }) => setPanelSize(detail.size)}
      onSplitPanelToggle={({ detail }) => {
        if (!detail.open) panel?.close();
      }}
      splitPanel={
        panel === undefined ? undefined : (
          <SplitPanel header={panel.header} hidePreferencesButton closeBehavior="hide">
            <div ref={panelRef} />
          </SplitPanel>
        )
      }
      content={children}
    />
  );
}
