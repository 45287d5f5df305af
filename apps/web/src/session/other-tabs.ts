/** Tabs of this browser tell each other that somebody signed in or out. What is sent says only that: each tab asks the server itself. */
let channel: BroadcastChannel | undefined;

/** One for the tab: what a channel sends, it does not hear itself. */
function ownChannel(): BroadcastChannel | undefined {
  if (typeof BroadcastChannel === 'undefined') return undefined;
  channel ??= new BroadcastChannel('esscm.session');
  return channel;
}

/** Tells the other tabs. A browser without channels leaves them to learn it with their next request. */
export function tellOtherTabs(): void {
  ownChannel()?.postMessage('changed');
}

/** Calls `onChanged` when another tab has told; the function returned ends it. */
export function listenToOtherTabs(onChanged: () => void): () => void {
  const own = ownChannel();
  own?.addEventListener('message', onChanged);
  return () => own?.removeEventListener('message', onChanged);
}
