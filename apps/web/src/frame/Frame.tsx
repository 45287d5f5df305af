import { useState, type ReactNode } from 'react';
import { useLocation, useNavigate } from 'react-router';
import type { ViewerFieldsFragment } from '../gql/graphql.js';
import { paths } from '../paths.js';
import { AppFrame } from '../ui/AppFrame.js';
import { useNarrow } from '../ui/media.js';
import { LayoutProvider, useLayoutHost } from './layout.js';
import { activeEntry, navigation } from './navigation.js';
import { TopBar } from './TopBar.js';
import { useReadingPlace } from './use-reading-place.js';

const railKey = 'esscm.navigation';

/** Top bar, side navigation, breadcrumbs and the panel at the side, around every page of a signed-in user. */
export function Frame({ viewer, children }: { readonly viewer: ViewerFieldsFragment; readonly children: ReactNode }) {
  useReadingPlace();
  const { layout, panel, setPanelElement, host } = useLayoutHost();
  const [chosen, setChosen] = useState(readChoice);
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const narrow = useNarrow();
  const wantsRail = layout.rail || narrow || panel !== undefined;
  return (
    <LayoutProvider host={host}>
      <TopBar viewer={viewer} />
      <AppFrame
        organization={viewer.organization.name}
        home={paths.overview()}
        groups={navigation}
        activeHref={activeEntry(pathname)}
        expanded={chosen ?? !wantsRail}
        onExpandedChange={(expanded) => {
          // Choosing what the page asks for anyway leaves the next page its own shape.
          const choice = expanded === !wantsRail ? undefined : expanded;
          setChosen(choice);
          storeChoice(choice);
        }}
        onFollow={(href) => void navigate(href)}
        crumbs={layout.crumbs}
        contentType={layout.contentType}
        panel={panel}
        panelRef={setPanelElement}
      >
        {children}
      </AppFrame>
    </LayoutProvider>
  );
}

function readChoice(): boolean | undefined {
  try {
    const stored = localStorage.getItem(railKey);
    return stored === 'expanded' ? true : stored === 'rail' ? false : undefined;
  } catch {
    return undefined;
  }
}

function storeChoice(expanded: boolean | undefined): void {
  try {
    if (expanded === undefined) localStorage.removeItem(railKey);
    else localStorage.setItem(railKey, expanded ? 'expanded' : 'rail');
  } catch {
    // Storage refused: the choice holds until the page is closed.
  }
}
