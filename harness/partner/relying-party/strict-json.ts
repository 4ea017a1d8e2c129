const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],]/g;

interface Level {
  /** Undefined in an array. */
  readonly names: Set<string> | undefined;
  nameIsNext: boolean;
}

/** The first member that an object of a JSON text has twice; undefined: there is none. */
function duplicateMember(json: string): string | undefined {
  const levels: Level[] = [];
  for (const [token] of json.matchAll(TOKEN)) {
    const level = levels.at(-1);
    if (token === "{") levels.push({ names: new Set(), nameIsNext: true });
    else if (token === "[") levels.push({ names: undefined, nameIsNext: false });
    else if (token === "}" || token === "]") levels.pop();
    else if (token === ",") resumeNames(level);
    else if (level?.nameIsNext === true) {
      const name = String(JSON.parse(token));
      if (level.names?.has(name) === true) return name;
      level.names?.add(name);
      level.nameIsNext = false;
    }
  }
  return undefined;
}

function resumeNames(level: Level | undefined): void {
  if (level?.names !== undefined) level.nameIsNext = true;
}

/**
 * Refuses JSON that two readers may read in two ways.
 *
 * @throws SyntaxError when it is no JSON, or an object in it has a member twice
 * @see RFC 8259 §4
 */
export function assertUnambiguousJson(json: string): void {
  JSON.parse(json);
  const name = duplicateMember(json);
  if (name !== undefined) throw new SyntaxError(`the member "${name}" stands there twice`);
}

function isJson(answer: Response): boolean {
  return /^application\/(\S+\+)?json\b/i.test(answer.headers.get("content-type") ?? "");
}

/** Fetches as `fetch` does, and refuses a JSON answer that is ambiguous, whoever reads it afterwards. */
export async function fetchStrictly(url: string, init: RequestInit): Promise<Response> {
  const answer = await fetch(url, init);
  if (!isJson(answer)) return answer;
  const text = await answer.text();
  // An answer that is no JSON at all is the reader's to complain of.
  if (text !== "" && answer.ok) assertUnambiguousJson(text);
  const { status, statusText, headers } = answer;
  return new Response(text, { status, statusText, headers });
}
