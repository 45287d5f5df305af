import { createContext, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';

/** A step of the way to a page. The last one is the page itself. */
interface Crumb {
  readonly text: string;
  readonly href: string;
}

/** What a page asks of the frame around it. */
export interface PageLayout {
  /** Shown when there are two or more. */
  readonly crumbs: readonly Crumb[];
  /** The narrow navigation, for pages that need the width. */
  readonly rail: boolean;
  readonly contentType: 'default' | 'table' | 'wizard' | 'form' | 'cards' | 'dashboard';
}

interface PanelState {
  readonly header: string;
  readonly close: () => void;
}

interface LayoutHost {
  readonly setLayout: (layout: PageLayout) => void;
  readonly setPanel: (panel: PanelState | undefined) => void;
  /** Where the panel's content is drawn; exists while the panel is open. */
  readonly panelElement: HTMLElement | null;
}

const emptyLayout: PageLayout = { crumbs: [], rail: false, contentType: 'default' };
const LayoutContext = createContext<LayoutHost>({ setLayout: () => undefined, setPanel: () => undefined, panelElement: null });

/** What the frame needs of the pages: their layout, and an open panel. */
export function useLayoutHost(): {
  readonly layout: PageLayout;
  readonly panel: PanelState | undefined;
  readonly setPanelElement: (element: HTMLElement | null) => void;
  readonly host: LayoutHost;
} {
  const [layout, setLayout] = useState(emptyLayout);
  const [panel, setPanel] = useState<PanelState>();
  const [panelElement, setPanelElement] = useState<HTMLElement | null>(null);
  const host = useMemo(() => ({ setLayout, setPanel, panelElement }), [panelElement]);
  return { layout, panel, setPanelElement, host };
}

/** Makes the host known to the pages below. */
export function LayoutProvider({ host, children }: { readonly host: LayoutHost; readonly children: ReactNode }) {
  return <LayoutContext value={host}>{children}</LayoutContext>;
}

/** Sets breadcrumbs and the shape of the frame for as long as the page is shown. */
export function usePageLayout(layout: Partial<PageLayout>): void {
  const { setLayout } = useContext(LayoutContext);
  const text = JSON.stringify({ ...emptyLayout, ...layout });
  useEffect(() => {
    setLayout(JSON.parse(text));
    return () => setLayout(emptyLayout);
  }, [setLayout, text]);
}

interface SidePanelProps {
  readonly header: string;
  /** Finds the link of the row whose detail this is, where the panel goes on to other rows while it is open. */
  readonly rowLink?: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** The detail of a row, in the panel at the side. Render it only while it is open. Closing gives the focus to its row, else back to what opened it. */
export function SidePanel({ header, rowLink, onClose, children }: SidePanelProps) {
  const { setPanel, panelElement } = useContext(LayoutContext);
  const lastRow = useRef(rowLink);
  lastRow.current = rowLink;
  useEffect(() => {
    setPanel({ header, close: onClose });
  }, [setPanel, header, onClose]);
  useEffect(() => () => setPanel(undefined), [setPanel]);
  useEffect(() => {
    const opener = document.activeElement;
    return () => {
      const row = lastRow.current === undefined ? null : document.querySelector(lastRow.current);
      const target = row ?? opener;
      if (target instanceof HTMLElement && target.isConnected) target.focus({ preventScroll: true });
    };
  }, []);
  useEffect(() => {
    // Looked for before the key is handled: a dialog above the panel takes the key, and may be gone afterwards.
    let inDialog = false;
    const lookForDialog = (): void => {
      inDialog = document.querySelector('[role="dialog"]') !== null;
    };
    const closeByKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented && !inDialog) onClose();
    };
    document.addEventListener('keydown', lookForDialog, true);
    document.addEventListener('keydown', closeByKey);
    return () => {
      document.removeEventListener('keydown', lookForDialog, true);
      document.removeEventListener('keydown', closeByKey);
    };
  }, [onClose]);
  return panelElement === null ? null : createPortal(children, panelElement);
}
