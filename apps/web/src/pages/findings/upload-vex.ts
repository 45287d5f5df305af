/** What came of sending a file. */
export type UploadOutcome = { readonly id: string; readonly name: string; readonly outcome: string; readonly statementCount: number } | { readonly problem: string };

interface Answer {
  readonly id?: string;
  readonly name?: string;
  readonly outcome?: string;
  readonly statementCount?: number;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly remedy?: string } }[];
}

/** Sends a VEX document to the server as it is; never throws. */
export async function uploadVex(file: File): Promise<UploadOutcome> {
  try {
    const response = await fetch(`/api/vex-documents?name=${encodeURIComponent(file.name)}`, { method: 'POST', credentials: 'same-origin', headers: { 'content-type': 'application/json' }, body: file });
    const answer = (await response.json()) as Answer;
    const { id, name = file.name, outcome = 'added', statementCount = 0 } = answer;
    if (response.ok && id !== undefined) return { id, name, outcome, statementCount };
    const [error] = answer.errors ?? [];
    return { problem: [error?.message ?? 'The server gave no answer.', error?.extensions?.remedy].filter((part) => part !== undefined).join(' ') };
  } catch {
    return { problem: 'The file could not be sent. Check the connection to the ESSCM server.' };
  }
}
