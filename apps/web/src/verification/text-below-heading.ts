/** What is said below a heading: the registry's text begins with the heading where it also stands alone, and nobody reads the same words twice. */
export function textBelowHeading(heading: string, message: string): string {
  const start = `${heading}: `;
  if (!message.startsWith(start)) return message;
  const rest = message.slice(start.length);
  return `${rest.charAt(0).toUpperCase()}${rest.slice(1)}`;
}
