/** Boxes on a shelf. Drawn for this project; takes the colour of the text around it. */
export const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24" fill="none" stroke="currentColor" ' +
  'stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">' +
  '<path d="M3 20h18M3 12h18"/>' +
  '<path d="M5.5 5h5v7h-5zM13.5 7h5v5h-5z"/>' +
  '<path d="M7 15h4v5H7zM14 14.5h5V20h-5z"/>' +
  '</svg>';
