/** The head of the table of packages, as its readers know it. */
export const packagesHead = ['Platform', 'Package', 'Release Date', 'Advisory', 'Status'];

/** A row of it. */
export function row(platform: string, name: string, status: string, advisory = ''): readonly string[] {
  return [platform, name, advisory === '' ? '' : '2026-01-05', advisory, status];
}

/**
 * A page as readers of the explorer describe it: the CVE in the title, the description in an element of its class, a table of
 * packages and one of scores. What stands around them is made up.
 */
export function explorerPage(cve: string, rows: readonly (readonly string[])[], head: readonly string[] = packagesHead): string {
  return `<!doctype html><html lang="en"><head><title>${cve}</title><script>var page = "<table>";</script></head><body>
<nav><a href="/">Explorer</a></nav><div class="description-row"><div class="description-content">A flaw &amp; what
it does.</div></div>
<table class="packages">${tableRows(head, rows)}</table>
<table>${tableRows(['Score Type', 'Score', 'Vector'], [['Amazon Linux', '7.5', 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N'], ['NVD', '5.0', 'AV:N/AC:L/Au:N/C:P/I:N/A:N'], ['None', '', '']])}</table>
</body></html>`;
}

function tableRows(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return `<thead><tr>${head.map((cell) => `<th>${cell}</th>`).join('')}</tr></thead><tbody>${rows.map((cells) => `<tr>${cells.map((cell) => `<td>\n  ${cell.replace(' - ', '\n - ')}\n</td>`).join('')}</tr>`).join('')}</tbody>`;
}
