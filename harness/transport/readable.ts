/** Characters of which codes, tokens and keys are made in any encoding, so many that one of them may stand there. */
const RUN = /[A-Za-z0-9_+/=%~-]{12,}/g;

/** A word, an abbreviation, a year. */
const PART = /^(?:[A-Za-z]?[a-z]{0,20}|[A-Z]{1,8}|\d{1,5})$/;

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?$/;

/** Whether a text without spaces is made of words and short numbers; whatever is long and is not may be a secret. */
export function isReadable(word: string): boolean {
  if (MOMENT.test(word)) return true;
  const parts = (word.match(RUN) ?? []).flatMap((run) => run.split(/[-_/=]/));
  return parts.every((part) => PART.test(part));
}
