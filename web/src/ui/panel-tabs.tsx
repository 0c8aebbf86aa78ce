/** Tabs as the ARIA pattern has them: one stop for Tab, arrows between them; the panel follows the choice. */
import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react';

type PanelTabsProps = { label: string; tabs: readonly { id: string; label: string }[]; current: string; onChange: (id: string) => void; children: ReactNode };

const STEP: Record<string, (index: number, count: number) => number> = {
  ArrowRight: (index, count) => (index + 1) % count,
  ArrowLeft: (index, count) => (index - 1 + count) % count,
  Home: () => 0,
  End: (_index, count) => count - 1,
};

export function PanelTabs({ label, tabs, current, onChange, children }: PanelTabsProps) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const handleKey = (event: KeyboardEvent) => {
    const index = tabs.findIndex((tab) => tab.id === current);
    const next = STEP[event.key]?.(index, tabs.length);
    const chosen = next === undefined ? undefined : tabs[next];
    if (chosen === undefined || next === undefined) return;
    event.preventDefault();
    onChange(chosen.id);
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus();
  };
  return (
    <div className="f-tabs-box">
      <div ref={list} role="tablist" tabIndex={-1} aria-label={label} className="f-tabs" onKeyDown={handleKey}>
        {tabs.map((tab) => (
          <button key={tab.id} id={`${id}-${tab.id}`} type="button" role="tab" aria-selected={tab.id === current} aria-controls={`${id}-panel`} tabIndex={tab.id === current ? 0 : -1} onClick={() => onChange(tab.id)}>
            {tab.label}
          </button>
        ))}
      </div>
      <div id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${current}`}>{children}</div>
    </div>
  );
}
