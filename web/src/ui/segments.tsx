/** A choice of a few words, all in sight: radio buttons in one frame. */
type SegmentsProps<T extends string> = { label: string; name: string; value: T; options: readonly { value: T; label: string }[]; onChange: (value: T) => void };

export function Segments<T extends string>({ label, name, value, options, onChange }: SegmentsProps<T>) {
  return (
    <div className="f-segments" role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <label key={option.value}>
          <input type="radio" name={name} value={option.value} checked={option.value === value} onChange={() => onChange(option.value)} /> <span>{option.label}</span>
        </label>
      ))}
    </div>
  );
}
