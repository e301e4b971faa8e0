/** A title at the start of a line. Names of fields and scripts keep their spelling. */
export function capital(title: string): string {
  return /^\S*[_.]/.test(title) ? title : title.charAt(0).toUpperCase() + title.slice(1);
}
