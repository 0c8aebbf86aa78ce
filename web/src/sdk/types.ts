/** @foundation/sdk: public types, UI API 1. Inside a major they only grow. */
export const UI_API = 1 as const;

/* 1. What the server says: GET /api/shell */
export interface Shell {
  product: { name: string; version: string; build: string; environment: string };
  uiApi: { min: number; max: number }; // majors this shell runs
  shared: Record<string, string>; // import-map specifier -> exact version
  me: Me;
  sections: Section[]; // filtered by permission, ordered by the server
  closed?: ClosedSection[]; // what this person may not open, and which permission it takes
  words?: Record<string, string>; // what plugins declare, in the language that was asked for
}
export interface ClosedSection { id: string; title: string; needs: string }
export interface Me { id: string; name: string; email: string; can: string[]; locale: string; timeZone: string }
export type Group = 'main' | 'data' | 'admin' | 'extra';
export interface Section {
  id: string; // ^[a-z][a-z0-9_]{1,19}$; the page is /s/<id>/*
  plugin: string; // its owner
  api: string; // base of its routes, "/api/creds"; root-relative
  title: string;
  icon: IconName;
  group: Group;
  weight: number;
  keywords?: string[]; // other words the palette finds it by
  commands?: { title: string; to: string }[]; // what the palette offers to do; *to* is a path inside the section
  find?: string; // a list below api that takes ?q= and whose rows have id and name: the palette searches it
  runs?: boolean; // its plugin has jobs
  ui: Ui;
}
export type Ui = BuiltinUi | PlaceholderUi | ResourceUi | ModuleUi | FrameUi | FaultUi;
export interface BuiltinUi { kind: 'builtin'; page: string }
export interface PlaceholderUi { kind: 'placeholder'; body: string; docs?: string; install?: string }
export interface ModuleUi {
  kind: 'module';
  uiApi: number;
  entry: string; // /api/ext/<plugin>/<hash>/main.js
  export: string; // which export is the PluginModule
  styles: string[];
  preload: string[];
  integrity: Record<string, string>; // URL -> "sha256-..."
  shared: Record<string, string>; // ranges it needs: { react: '^19' }
  dev?: boolean; // installed from its source: no wheel vouches for its files
}
export interface FrameUi { kind: 'frame'; src: string; allow: ('forms' | 'downloads' | 'popups')[] }
export interface FaultUi { kind: 'fault'; state: string; reason?: string; mend?: string; since?: string; owner?: string }
export type IconName = string; // closed list, checked when the plugin loads

/* 2. resource: a page from data alone */
export interface ResourceUi { kind: 'resource'; resource: ResourceSpec }
export interface ResourceSpec {
  name: string;
  plural: string;
  path: string; // below Section.api; in a tab it may hold {field} of the parent row
  key: string;
  titleField: string;
  columns: Column[];
  defaultSort?: string; // "-created_at"
  filters?: Filter[];
  search?: boolean;
  pageSize?: number;
  detail?: { groups: { title: string; fields: Column[] }[]; tabs?: { title: string; resource: ResourceSpec }[] };
  create?: FormSpec;
  edit?: FormSpec;
  actions?: Action[];
  empty?: { title: string; body: string; docs?: string };
  live?: string; // an event on this topic reads the list again
}
export interface Column {
  field: string;
  label: string;
  sortable?: boolean;
  format?: Format;
  copy?: boolean;
  width?: 'xs' | 's' | 'm' | 'l' | 'fill';
  hideBelow?: 'sm' | 'md' | 'lg';
  link?: string; // "/s/jobs/{job_id}"
}
export type Tone = 'neutral' | 'good' | 'warn' | 'bad' | 'info';
export type Format =
  | 'text' | 'code' | 'datetime' | 'duration' | 'bytes' | 'number' | 'percent' | 'money' | 'boolean' | 'user' | 'json'
  | { badge: Record<string, Tone> };
export interface Filter {
  field: string;
  label: string;
  type: 'enum' | 'text' | 'datetime-range' | 'boolean' | 'ref'; // a range is two parameters: <field>_from and <field>_to
  options?: { value: string; label: string }[];
  ref?: string;
}
export interface FormSpec {
  schema: JsonSchema;
  order?: string[];
  groups?: FormGroup[]; // a field in none comes before them
  submit?: string;
}
export interface FormGroup { title: string; fields: string[]; advanced?: boolean }
/** JSON Schema 2020-12 subset: an object of scalars, enum, const-oneOf, arrays of scalars, one nested object. */
export interface JsonSchema {
  type?: 'object' | 'string' | 'number' | 'integer' | 'boolean' | 'array';
  title?: string;
  description?: string;
  default?: unknown;
  enum?: (string | number)[];
  oneOf?: { const: string | number; title: string }[];
  required?: string[];
  properties?: Record<string, JsonSchema>;
  additionalProperties?: boolean | JsonSchema; // an object of free names, each with a secret text
  items?: JsonSchema;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  format?: string;
  writeOnly?: boolean;
  readOnly?: boolean;
  'x-ui'?: {
    widget?: 'textarea' | 'code' | 'radio' | 'switch' | 'ref' | 'secret';
    placeholder?: string;
    showIf?: Record<string, unknown>; // shown while the fields beside it have these values; a list means any of them
    ref?: string; // the list route whose rows may be chosen, "/api/creds"
    unit?: string;
    multiline?: boolean; // a secret of several lines, such as a private key
  };
}
export interface Action {
  id: string;
  title: string;
  scope: 'item' | 'bulk' | 'page';
  method: 'POST' | 'DELETE';
  path: string; // below the resource's path, with {field} of the row; a bulk one without it is sent once, with { ids }
  permission?: string;
  form?: FormSpec; // asked for first, and sent as the body
  undoPath?: string; // a POST that takes it back
  danger?: boolean;
  when?: Record<string, string>; // offered only while the row's fields have these values
  confirm?: { level: 'none' | 'ask' | 'type'; typeField?: string; body: string };
}

/* 3. module: a page from code, with no framework in the contract */
export type Unmount = () => void;
export type Mounted = Unmount | undefined;
/** Texts by language, "en" or "pt-BR"; what one lacks is read in English. */
export type Messages = Record<string, Record<string, string>>;
export interface PluginModule {
  uiApi: typeof UI_API;
  messages?: Messages; // what host.t reads
  mount(root: HTMLElement, host: Host): Mounted | Promise<Mounted>;
}
export interface Host {
  readonly uiApi: number;
  readonly version: string;
  readonly section: { id: string; plugin: string; base: string };
  readonly signal: AbortSignal; // aborted on unmount
  readonly me: Me;
  readonly can: (permission: string) => boolean;
  readonly api: Api;
  readonly route: Route;
  readonly live: Live;
  readonly ui: HostUi;
  readonly env: Store<Env>;
  readonly fmt: Formats;
  readonly t: (key: string, vars?: Record<string, string | number>) => string; // from the page's messages
  log(level: 'info' | 'warn' | 'error', message: string, data?: unknown): void; // the server's log, with the plugin's id
}
export interface Env {
  theme: 'light' | 'dark';
  locale: string;
  timeZone: string;
  density: 'cosy' | 'compact';
  reducedMotion: boolean;
  times: 'relative' | 'absolute'; // how <Time> is written
  dates: 'locale' | 'iso';
}
export interface Formats { dateTime(iso: string): string; relative(iso: string): string; number(n: number): string; bytes(n: number): string; money(amount: string | number, currency: string): string }
export interface Page<T> { items: T[]; next: string | null }
export type Query = Record<string, string | number | boolean | undefined>;
export interface SendOptions { idempotencyKey?: string; ifMatch?: string; signal?: AbortSignal }
export interface Loaded<T> { value: T; etag: string | null }
/** Base is Section.api; does request ids and the sign-in flow; rejects with ApiError. What is read ends with the page; what is sent does not. */
export interface Api {
  get<T>(path: string, query?: Query): Promise<T>;
  load<T>(path: string): Promise<Loaded<T>>;
  send<T>(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown, options?: SendOptions): Promise<T>;
  core<T>(path: string, query?: Query): Promise<T>; // reads any route below /api, by permission
  stop(): void; // gives up all that is being read: each rejects with status 499
}
export interface ApiError extends Error { status: number; problem: Problem }
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string;
  code?: string;
  request_id?: string;
  errors?: { pointer: string; detail: string; code?: string }[];
  [extra: string]: unknown;
}
export interface Store<T> { readonly value: T; subscribe(listener: (value: T) => void): Unmount }
/**
 * What happens while the page is open: `on('feed.row', …)` hears of each audit event `feed.row.*`, and
 * `feed.row:<id>` of those about that one. An event says that something changed, and the page reads again;
 * type `open` says that what came before may have been missed.
 */
export type LiveState = 'live' | 'retrying' | 'off';
export interface LiveEvent { topic: string; type: string; data: unknown }
export interface Live { on(topic: string, callback: (event: LiveEvent) => void): Unmount; readonly state: Store<LiveState> }
export interface Place { path: string; query: Readonly<Record<string, string>> }
export interface GoOptions { replace?: boolean; query?: Record<string, string | undefined> }
export interface Route extends Store<Place> {
  go(path: string, options?: GoOptions): void;
  block(reason: string): Unmount; // asks before the page is left
  href(path: string, query?: Record<string, string | undefined>): string;
}
export interface ToastSpec {
  text: string;
  kind?: 'info' | 'good' | 'bad';
  undo?: () => void | Promise<void>;
  action?: { label: string; to: string };
}
export interface ConfirmSpec { title: string; body: string; danger?: boolean; type?: string; ok?: string }
export interface HostFormSpec<T> extends FormSpec { title: string; value?: Partial<T>; onSubmit(value: T): Promise<void> }
export interface HostUi {
  title(parts: string[]): void; // document.title; the page draws its own h1
  toast(toast: ToastSpec): void;
  confirm(question: ConfirmSpec): Promise<boolean>;
  form<T>(form: HostFormSpec<T>): Promise<T | null>;
  resource(root: HTMLElement, spec: ResourceSpec): Unmount;
  overlay(): HTMLElement; // where a page puts its own floating parts
  copy(text: string): Promise<boolean>; // also without a secure context
}
