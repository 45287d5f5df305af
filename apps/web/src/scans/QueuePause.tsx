import { formatQuantity } from '../formats/format-count.js';
import type { ScanQueuePauseFragment } from '../gql/graphql.js';
import { Alert } from '../ui/Alert.js';
import { Button } from '../ui/Button.js';
import { Time } from '../ui/Time.js';
import type { ScanQueueActions } from './use-scan-queue.js';

interface QueuePauseProps {
  readonly queue: ScanQueuePauseFragment;
  /** Scans of the page that wait for the end of the pause. */
  readonly waiting: number;
  readonly actions: Pick<ScanQueueActions, 'resume' | 'busy'>;
}

/** Says that no scan begins, who decided it and when, with the way back. */
export function QueuePause({ queue: { pause }, waiting, actions }: QueuePauseProps) {
  if (pause == null) return null;
  return (
    <Alert
      type="warning"
      header="The queue is paused"
      action={
        <Button loading={actions.busy === 'resume'} onClick={() => void actions.resume()}>
          Resume queue
        </Button>
      }
    >
      {pause.pausedBy} paused it <Time instant={pause.pausedAt} form="relative" />. No scan begins{waiting === 0 ? '' : `: ${formatQuantity(waiting, 'scan')} ${waiting === 1 ? 'waits' : 'wait'}`}. Scans that run come to their end.
    </Alert>
  );
}
