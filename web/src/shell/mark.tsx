/** The product's mark. */
type MarkProps = { size: number };

export function Mark({ size }: MarkProps) {
  return (
    <svg className="s-mark" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" />
      <path d="M9 9h14v3.5H13V15h8v3.5h-8V23H9z" />
    </svg>
  );
}
