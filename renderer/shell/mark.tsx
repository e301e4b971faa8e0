/** The product's mark: a ferry on the water between two shores. */
export function Mark({ size }: { readonly size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden focusable={false}>
      <rect width="24" height="24" rx="5.5" fill="#04666e" />
      <path d="M5 12.2h14l-2.1 4.1a1.6 1.6 0 0 1-1.4.9H8.5a1.6 1.6 0 0 1-1.4-.9z" fill="#fff" />
      <path d="M8 11V8.4c0-.5.4-.9.9-.9h4.4L16 11z" fill="#a5d6d9" />
      <path
        d="M3.5 19.4c1.4 0 1.4-.9 2.8-.9s1.4.9 2.9.9 1.4-.9 2.8-.9 1.4.9 2.8.9 1.5-.9 2.9-.9 1.4.9 2.8.9"
        fill="none"
        stroke="#73c0c5"
        strokeWidth="1.3"
        strokeLinecap="round"
      />
    </svg>
  );
}
