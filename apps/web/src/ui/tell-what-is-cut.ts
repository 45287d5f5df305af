/** The whole text of a table's cell under the pointer, as its title, where the cell cuts it. */
export function tellWhatIsCut({ target }: { readonly target: EventTarget }): void {
  const cell = target instanceof Element ? target.closest('td') : null;
  if (cell === null) return;
  const cut = [...cell.querySelectorAll<HTMLElement>(':scope > div, [data-clips]')].find(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth);
  if (cut === undefined) cell.removeAttribute('title');
  else cell.title = cut.innerText;
}
