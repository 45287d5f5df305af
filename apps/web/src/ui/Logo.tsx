/** The mark: three layers, one of them looked into. Decorative; the name stands beside it. */
export function Logo({ size }: { readonly size: number }) {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="7.5" fill="#0b6b65" />
      <path d="M23 9H9.5v14H23M9.5 16h6" fill="none" stroke="#fff" strokeWidth="3" strokeLinecap="round" strokeLinejoin="round" />
      <circle cx="20.4" cy="16" r="2.9" fill="none" stroke="#f2c14e" strokeWidth="2.6" />
    </svg>
  );
}
