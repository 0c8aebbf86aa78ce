/** What /api/dashboard answers: cards, each with one of a few shapes. */
import type { Tone } from '@/sdk/types';

export type Figure = { label: string; value: number | null; to: string | null; tone: Tone; detail: string };
export type Line = { title: string; to: string | null; detail: string; tone: Tone; at: string | null };
export type Point = { label: string; to: string | null };
export type Series = { name: string; values: number[]; tone: Tone };
export type Step = { title: string; done: boolean; to: string; detail: string };
export type FiguresShape = { kind: 'figures'; items: Figure[] };
export type ListShape = { kind: 'list'; items: Line[]; empty: string };
export type ChartShape = { kind: 'chart'; unit: string; points: Point[]; series: Series[] };
export type ChecklistShape = { kind: 'checklist'; steps: Step[] };
export type Shown = FiguresShape | ListShape | ChartShape | ChecklistShape;
export type Card = { id: string; title: string; size: string; to: string | null; shown: Shown | null; error: string | null };
export type DashboardView = { cards: Card[]; at: string; request_id: string };
