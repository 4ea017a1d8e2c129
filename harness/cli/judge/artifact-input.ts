import { findArtifacts, type FoundArtifact } from "../../../src/index.ts";
import { HarnessError } from "../../errors.ts";
import { readTextFile } from "../read-text.ts";
import { type CaptureFacts, readCapture } from "./capture.ts";

/** What a file holds that can be judged, and what it says about the sign-in. */
export interface ArtifactInput {
  /** At least one. */
  readonly artifacts: readonly FoundArtifact[];
  /** Empty unless the file is a capture. */
  readonly facts: CaptureFacts;
}

const FORMS =
  "judge finds tokens and SAML or WS-Federation responses, raw or in base64, in a form body or URL, in a token endpoint's answer, a HAR file, a SAML-tracer export, a capture, or a text of several.";

/**
 * Reads a file, or standard input for `-`, and finds out by itself what is in it.
 *
 * @throws HarnessError `ERR_FILE_UNREADABLE` when there is no such file, or nothing in it that can be judged
 */
export async function readArtifacts(file: string): Promise<ArtifactInput> {
  const text =
    file === "-" ? await readStandardInput() : readTextFile(file, "Check the path; - reads standard input.");
  const { facts, response } = await readCapture(file, text);
  const artifacts = findArtifacts(response ?? text);
  if (artifacts.length > 0) return { artifacts, facts };
  throw new HarnessError("ERR_FILE_UNREADABLE", `${file} holds nothing that can be judged`, FORMS);
}

async function readStandardInput(): Promise<string> {
  const { text } = await import("node:stream/consumers");
  return await text(process.stdin);
}
