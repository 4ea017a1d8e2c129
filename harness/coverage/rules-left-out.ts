/** Rules of the judge that no scenario can break, with the reason, by rule id. */
export const RULES_LEFT_OUT: Readonly<Record<string, string>> = {};
