import {
  decodeText,
  type FoundArtifact,
  type Note,
  type Search,
  searchArtifacts,
} from "../../../src/index.ts";
import { HarnessError } from "../../errors.ts";
import { readFileBytes } from "../read-text.ts";
import { withoutSecrets } from "../secrets.ts";
import { type CaptureFacts, readCapture } from "./capture.ts";
import { nameOfInput } from "./name-of-input.ts";

/** What a file holds that can be judged, and what it says about the sign-in. */
export interface ArtifactInput {
  /** At least one. */
  readonly artifacts: readonly FoundArtifact[];
  /** Parts that were not searched; empty when all was. */
  readonly unsearched: readonly Note[];
  /** Empty unless the file is a capture. */
  readonly facts: CaptureFacts;
}

const FORMS =
  "judge reads tokens and SAML or WS-Federation responses: raw, in base64, in a form, a URL, an answer, a HAR file, an export of a proxy or SAML-tracer, a cache of MSAL, a log. See mfa-harness judge --help.";
const INSTEAD =
  "Do not write it on the command line, where the history of the shell keeps it: save it to a file, or pipe it: … | mfa-harness judge -";
const SPLIT = "Split the file, or leave out what is not about the sign-in.";
/** As many characters as are searched, in UTF-16. */
const MAX_BYTES = 256 * 1024 * 1024;

/**
 * Reads a file, or standard input for `-`, and finds out by itself what is in it.
 *
 * @throws HarnessError `ERR_FILE_UNREADABLE` when there is no such file, or nothing in it that can be judged; `ERR_USAGE`
 *   when the thing itself was given in place of a file
 */
export async function readArtifacts(file: string): Promise<ArtifactInput> {
  const bytes =
    file === "-"
      ? await readStandardInput()
      : readFileBytes(file, {
          hint: "Check the path; - reads standard input.",
          instead: INSTEAD,
          maxBytes: MAX_BYTES,
        });
  const text = decodeText(bytes);
  const { facts, response } = text === undefined ? { facts: {} } : await readCapture(file, text);
  const search = searchArtifacts(response ?? bytes);
  if (search.artifacts.length > 0) return { ...search, facts };
  throw nothingFound(file === "-" ? "standard input" : file, bytes, text, search);
}

function nothingFound(
  file: string,
  bytes: Uint8Array,
  text: string | undefined,
  search: Search,
): HarnessError {
  const [unsearched] = search.unsearched;
  if (unsearched !== undefined) {
    return new HarnessError("ERR_FILE_UNREADABLE", sentence(file, unsearched), SPLIT);
  }
  const said = search.passedOver
    .slice(0, 3)
    .map(({ at, message }) => `${at === "" ? "it" : withoutSecrets(at)} ${message}`);
  const name = said.length > 0 ? undefined : nameOfInput(bytes, text);
  const found = name === undefined ? said.join("; ") : `it ${name.is}`;
  const message = `${file} holds nothing that can be judged${found === "" ? "" : `: ${found}`}`;
  return new HarnessError("ERR_FILE_UNREADABLE", message, name?.hint ?? FORMS);
}

/** What was not searched, as a sentence. */
export function sentence(file: string, { at, message }: Note): string {
  return `${file}${at === "" ? "" : `, ${withoutSecrets(at)},`} ${message}`;
}

async function readStandardInput(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of process.stdin) {
    const bytes: Uint8Array = Buffer.from(chunk);
    chunks.push(bytes);
    length += bytes.length;
    if (length > MAX_BYTES) break;
  }
  return Buffer.concat(chunks);
}
