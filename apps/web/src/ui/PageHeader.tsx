import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import Button from '@cloudscape-design/components/button';
import { useEffect, useRef, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { usePhone } from './media.js';
import styles from './PageHeader.module.css';

/** Something to do on a page: by a click, or at an address of the app. */
interface PageAction {
  readonly id: string;
  readonly text: string;
  readonly onClick?: () => void;
  readonly to?: string;
  readonly loading?: boolean;
  readonly disabled?: boolean;
  /** Shown in the place of the text, which it is then called by. */
  readonly icon?: 'refresh';
  /** Makes it a menu. */
  readonly items?: readonly { readonly id: string; readonly text: string; readonly href?: string; readonly onClick?: () => void }[];
}

interface PageHeaderProps {
  /** Plain text of the title, for the window's title. */
  readonly name: string;
  /** What is shown, when more than the name. */
  readonly title?: ReactNode;
  readonly counter?: string;
  /** One line of facts. */
  readonly facts?: ReactNode;
  /** The primary one last. Before the last three, and on a phone before the last, they go into a menu; those with an icon stay. */
  readonly actions?: readonly PageAction[];
  /** The last action is the primary one unless the page has none. */
  readonly withoutPrimary?: boolean;
}

/** Actions that stand beside the heading; more are folded. */
const shownAtMost = 3;

/** Pages shown since the app was opened: the first keeps the browser's own focus. */
let pagesShown = 0;

/** The heading of a page. Takes the focus when the route changes, and names the window. */
export function PageHeader({ name, title, counter, facts, actions = [], withoutPrimary = false }: PageHeaderProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    pagesShown += 1;
    // Somebody may type into the search of the frame already when the page arrives.
    if (pagesShown > 1 && !(document.activeElement instanceof HTMLInputElement)) heading.current?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    document.title = `${name} · ESSCM`;
  }, [name]);
  return (
    <header className={styles['header']}>
      <div className={styles['text']}>
        <h1 ref={heading} tabIndex={-1} className={styles['title']}>
          {title ?? name}
          {counter === undefined ? null : <span className={styles['counter']}> {counter}</span>}
        </h1>
        {facts === undefined ? null : <div className={styles['facts']}>{facts}</div>}
      </div>
      {actions.length === 0 ? null : <Actions actions={actions} withoutPrimary={withoutPrimary} />}
    </header>
  );
}

function Actions({ actions, withoutPrimary }: { readonly actions: readonly PageAction[]; readonly withoutPrimary: boolean }) {
  const phone = usePhone();
  const navigate = useNavigate();
  const worded = actions.filter(({ icon }) => phone || icon === undefined);
  const folded = worded.slice(0, phone ? -1 : -shownAtMost);
  const shown = actions.filter((action) => !folded.includes(action));
  const follow = (action: PageAction): void => {
    if (action.to === undefined) action.onClick?.();
    else void navigate(action.to);
  };
  return (
    <div className={styles['actions']}>
      {shown.map((action) => (
        <ActionButton key={action.id} action={action} primary={!withoutPrimary && action === actions.at(-1)} onFollow={() => follow(action)} />
      ))}
      {folded.length === 0 ? null : (
        <ButtonDropdown
          variant="icon"
          ariaLabel="More actions"
          items={folded.flatMap((action) => action.items?.map((item) => ({ id: item.id, text: item.text, ...(item.href === undefined ? {} : { href: item.href }) })) ?? [{ id: action.id, text: action.text, disabled: action.disabled ?? false }])}
          onItemClick={({ detail }) => {
            const action = folded.find(({ id }) => id === detail.id);
            if (action !== undefined) follow(action);
            folded.flatMap(({ items = [] }) => items).find(({ id }) => id === detail.id)?.onClick?.();
          }}
        />
      )}
    </div>
  );
}

function ActionButton({ action, primary, onFollow }: { readonly action: PageAction; readonly primary: boolean; readonly onFollow: () => void }) {
  const { text, items, to, loading = false, disabled = false, icon } = action;
  if (items !== undefined) {
    return (
      <ButtonDropdown
        loading={loading}
        disabled={disabled}
        items={items.map((item) => ({ id: item.id, text: item.text, ...(item.href === undefined ? {} : { href: item.href }) }))}
        onItemClick={({ detail }) => items.find(({ id }) => id === detail.id)?.onClick?.()}
      >
        {text}
      </ButtonDropdown>
    );
  }
  return (
    <Button
      variant={primary ? 'primary' : 'normal'}
      wrapText={false}
      loading={loading}
      disabled={disabled}
      {...(to === undefined ? {} : { href: to })}
      {...(icon === undefined ? {} : { iconName: icon, ariaLabel: text })}
      onClick={(event) => {
        if (to === undefined) onFollow();
        else if (!event.detail.ctrlKey && !event.detail.metaKey && !event.detail.shiftKey) {
          event.preventDefault();
          onFollow();
        }
      }}
    >
      {icon === undefined ? text : null}
    </Button>
  );
}
