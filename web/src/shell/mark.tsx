/** The product's mark: the icon of this deployment. */
type MarkProps = { size: number };

export function Mark({ size }: MarkProps) {
  return <img className="s-mark" src="/icon.svg" width={size} height={size} alt="" />;
}
