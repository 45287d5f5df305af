/** Layers inside the corners of a container. Drawn for this project; takes the colour of the text around it. */
export const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24" fill="none" stroke="currentColor" ' +
  'stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">' +
  '<path d="M3 7.5V5a2 2 0 0 1 2-2h2.5M16.5 3H19a2 2 0 0 1 2 2v2.5M21 16.5V19a2 2 0 0 1-2 2h-2.5M7.5 21H5a2 2 0 0 1-2-2v-2.5"/>' +
  '<path d="M12 6.5l5.5 2.75L12 12 6.5 9.25z"/>' +
  '<path d="M6.5 12L12 14.75 17.5 12"/>' +
  '<path d="M6.5 14.75L12 17.5l5.5-2.75"/>' +
  '</svg>';
