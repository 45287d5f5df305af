/** Tabs of this browser tell each other that somebody signed in or out. What is sent says only that: each tab asks the server itself. */
const name = 'esscm.session';

/** Tells the other tabs. A browser without channels leaves them to learn it with their next request. */
export function tellOtherTabs(): void {
  if (typeof BroadcastChannel === 'undefined') return;
  const channel = new BroadcastChannel(name);
  channel.postMessage('changed');
  channel.close();
}

/** Calls `onChanged` when another tab has told; the function returned ends it. */
export function listenToOtherTabs(onChanged: () => void): () => void {
  if (typeof BroadcastChannel === 'undefined') return () => undefined;
  const channel = new BroadcastChannel(name);
  channel.addEventListener('message', onChanged);
  return () => channel.close();
}
