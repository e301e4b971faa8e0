/** `ada@example.com` as `a***@e***.com`: enough to recognise somebody one knows, not enough to write to anybody. */
export function maskEmail(email: string | null): string | null {
  if (email === null) return null;
  const at = email.lastIndexOf('@');
  if (at < 0) return '***';
  const domain = email.slice(at + 1);
  const dot = domain.lastIndexOf('.');
  const top = dot < 0 ? '' : domain.slice(dot);
  return `${email.slice(0, Math.min(1, at))}***@${domain.slice(0, 1)}***${top}`;
}
