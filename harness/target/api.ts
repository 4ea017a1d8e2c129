import type { MockIdp } from "../idp/mock-idp.ts";
import { unreachable } from "../transport/loopback.ts";
import { type PlainAnswer, plainRequest } from "../transport/plain-request.ts";
import type { Reach } from "../transport/reach.ts";
import type { Codes } from "./definition/decide.ts";
import type { ApiDefinition } from "./definition/handed-over.ts";
import { handOverTarget } from "./hand-over.ts";
import { type Settled, settle, type Vote } from "./settle.ts";
import type { Target } from "./target.ts";
import { shortened, voteOfCode, voteOfJson, votesOfText } from "./vote.ts";

/** Answers to a request that came to the wrong place, whatever token it carried. */
const WRONG_ADDRESS: readonly number[] = [404, 405, 406, 410, 415];

/** Answers by which a server says that it has no time, or that somebody asked too often. */
const BUSY: readonly number[] = [408, 421, 423, 425, 429];

/** Whatever else a server blames on the request is a rejection, of its size too: 413 and 431 (RFC 9110 §15.5). */
const REJECTIONS = Array.from({ length: 100 }, (_, index) => 400 + index).filter(
  (status) => !WRONG_ADDRESS.includes(status) && !BUSY.includes(status),
);

const STATUS: Codes = { accept: [200, 201, 202, 203, 204], refuse: REJECTIONS };

const ADDRESS = "that is no word about the token: look at `url` and `method`";

/** How an API says that another sign-in would do: RFC 9470 §3, and what Entra and its APIs send. */
const HEADER = {
  name: "www-authenticate",
  challenge: "insufficient_user_authentication|insufficient_claims|interaction_required",
} as const;

/**
 * An endpoint that takes a bearer token as a target.
 *
 * @param reach where requests may go
 */
export function apiTarget(name: string, api: ApiDefinition, idp: MockIdp, reach: Reach): Target {
  const { channels, asked, signedIn } = api;
  return handOverTarget({
    name,
    channels,
    idp,
    asked,
    signedIn,
    decide: async (artifact, _facts, signal) => {
      if (!fitsIntoHeader(artifact)) return UNSENDABLE;
      const answer = await call(api, artifact, reach, signal);
      return { ...settle(votesOf(api, answer)), text: answer.text };
    },
  });
}

async function call(
  { url: address, method, headers }: ApiDefinition,
  artifact: string,
  reach: Reach,
  signal: AbortSignal,
): Promise<PlainAnswer> {
  const url = new URL(address);
  await reach.turn(url, signal);
  try {
    const sent = { ...headers, authorization: `Bearer ${artifact}` };
    return await plainRequest({ method, url, headers: sent }, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw unreachable(url, error, reach.allows);
  }
}

/** RFC 9110 §5.5; anything else no client sends and no server reads. */
function fitsIntoHeader(artifact: string): boolean {
  return /^[\x21-\x7e]+( +[\x21-\x7e]+)*$/.test(artifact);
}

const UNSENDABLE: Settled = {
  decision: "refuse",
  signals: ["no header can carry it, so that no API ever gets to see it"],
};

function votesOf(
  { status, header = HEADER, body, json }: ApiDefinition,
  answer: PlainAnswer,
): readonly Vote[] {
  const { name, ...patterns } = header;
  const sent = [answer.headers[name.toLowerCase()]].flat().join(", ");
  const { location } = answer.headers;
  return [
    voteOfCode("status", answer.status, status ?? STATUS),
    ...(WRONG_ADDRESS.includes(answer.status) ? [{ decision: undefined, signal: ADDRESS }] : []),
    ...(location === undefined
      ? []
      : [{ decision: undefined, signal: `it leads to ${shortened(location)}` }]),
    ...votesOfText(name.toLowerCase(), sent, patterns),
    ...(body === undefined ? [] : votesOfText("the body", answer.text, body)),
    ...(json === undefined ? [] : [voteOfJson("the body", answer.text, json)]),
  ];
}
