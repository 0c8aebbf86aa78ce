/** A modal dialog on the native element: focus goes in and comes back, Escape closes, the page behind is inert. */
import { type ReactNode, useEffect, useId, useRef } from 'react';

type DialogProps = {
  title: string;
  onClose: () => void;
  children: ReactNode;
  footer?: ReactNode;
  alert?: boolean;
  wide?: boolean;
};

export function Dialog({ title, onClose, children, footer, alert = false, wide = false }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const dialog = ref.current;
    const before = document.activeElement;
    if (dialog && !dialog.open) dialog.showModal();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={ref}
      className="f-dialog"
      data-wide={wide || undefined}
      role={alert ? 'alertdialog' : undefined}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <h2 id={heading} className="f-dialog-title">{title}</h2>
      <div className="f-dialog-body">{children}</div>
      {footer && <div className="f-dialog-footer">{footer}</div>}
    </dialog>
  );
}
