/** A browser's long description of itself, as a person would say it: "Firefox on Linux". */
const BROWSERS: [RegExp, string][] = [
  [/\bEdgA?\//, 'Edge'], [/\bOPR\//, 'Opera'], [/\bFirefox\//, 'Firefox'], [/\bHeadlessChrome\//, 'Chrome'], [/\bChrom(?:e|ium)\//, 'Chrome'],
  [/\bVersion\/[\d.]+.* Safari\//, 'Safari'], [/^curl\//, 'curl'], [/^Python|python-/, 'Python'],
];
const SYSTEMS: [RegExp, string][] = [
  [/iPhone|iPad/, 'iOS'], [/Android/, 'Android'], [/Windows/, 'Windows'], [/Mac OS X/, 'macOS'], [/CrOS/, 'ChromeOS'], [/Linux/, 'Linux'],
];

const find = (known: [RegExp, string][], text: string) => known.find(([pattern]) => pattern.test(text))?.[1];

/** Return null when nothing is known; an unknown program keeps its own first word. */
export function browserName(description: string | null): string | null {
  if (!description) return null;
  const name = find(BROWSERS, description) ?? description.split(/[\s/]/, 1)[0]?.slice(0, 40) ?? '';
  const system = find(SYSTEMS, description);
  return system === undefined ? name : `${name} on ${system}`;
}
