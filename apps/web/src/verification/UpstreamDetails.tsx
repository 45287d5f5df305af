import { ExpandableSection } from '../ui/ExpandableSection.js';
import { Facts } from '../ui/Facts.js';

interface UpstreamDetailsProps {
  /** Whose answer it is: the plugin's name. */
  readonly who: string;
  readonly call?: string | null;
  readonly status?: number | null;
  readonly code?: string | null;
  readonly message?: string | null;
  readonly requestId?: string | null;
  readonly host?: string | null;
}

/** What a registry answered, word for word, folded. Nothing when it answered nothing. */
export function UpstreamDetails({ who, call, status, code, message, requestId, host }: UpstreamDetailsProps) {
  const facts = [
    { label: 'Call', value: mono(call) },
    { label: 'Host', value: mono(host) },
    { label: 'Status', value: status == null ? null : mono(String(status)) },
    { label: 'Code', value: mono(code) },
    { label: 'Text', value: mono(message) },
    { label: 'Request', value: mono(requestId) },
  ];
  if (facts.every(({ value }) => value === null)) return null;
  return (
    <ExpandableSection headerText={`What ${who} answered`} variant="default">
      <Facts facts={facts} />
    </ExpandableSection>
  );
}

function mono(text: string | null | undefined) {
  return text == null || text === '' ? null : <span className="esscm-mono">{text}</span>;
}
