import { answerTooManyRequests } from './registry/too-many-requests.js';
import { ServiceFault } from './errors.js';
import { jsonFault } from './control/control-plane.js';
import type { FaultBehaviour } from './faults.js';
import type { OutgoingAnswer } from './http/exchange.js';
import type { SimulatorPlane } from './http/request-log.js';
import { xmlFault } from './sts/security-token-service.js';

/**
 * The answer that a fault gives instead of the ordinary one, in the words of the plane; undefined when the fault changes the ordinary answer
 * (`cut`, `corrupt`, `wrong-length`, `image-failure`).
 */
export function faultAnswer(behaviour: FaultBehaviour, plane: SimulatorPlane, requestId: string): OutgoingAnswer | 'hang' | 'reset' | undefined {
  switch (behaviour.kind) {
    case 'hang':
    case 'reset':
      return behaviour.kind;
    case 'html-page':
      return {
        status: behaviour.status ?? 502,
        headers: { 'Content-Type': 'text/html' },
        body: '<html><head><title>Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>',
      };
    case 'throttle':
      if (plane === 'ecr' || plane === 'ecr-public') return jsonFault(new ServiceFault('ThrottlingException', 'Rate exceeded', 400));
      if (plane === 'sts') return xmlFault(new ServiceFault('Throttling', 'Rate exceeded', 400), requestId);
      return answerTooManyRequests(behaviour.retryAfterSeconds);
    case 'server-error':
      if (plane === 'ecr' || plane === 'ecr-public') return jsonFault(new ServiceFault('ServerException', 'Internal server error', 500));
      if (plane === 'sts') return xmlFault(new ServiceFault('InternalFailure', 'Internal failure', 500), requestId);
      return { status: 500, headers: { 'Content-Type': 'text/plain' }, body: 'Internal Server Error' };
    case 'cut':
    case 'corrupt':
    case 'wrong-length':
    case 'image-failure':
      return undefined;
  }
}
