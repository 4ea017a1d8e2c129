import { judgeWsFedResponse } from "../../src/index.ts";
import { NOW, rsaKey } from "../../test/support/signed-saml.ts";
import {
  answerAround,
  collectionAround,
  sampleToken,
  signToken,
  tokenIn,
  wsFedPolicy,
} from "../../test/support/signed-wsfed.ts";
import { markupSubject } from "./markup.ts";
import type { Subject } from "./subject.ts";

/** Answers of WS-Federation under fuzz: of WS-Trust 2005/02 and 1.3, each around a signed SAML 1.1 token. */
export async function wsFedResponses(): Promise<Subject> {
  const key = rsaKey();
  const policy = wsFedPolicy([key]);
  const judge: Subject["judge"] = async (bytes) => await judgeWsFedResponse(bytes, policy, NOW);
  const answer = signToken(answerAround(sampleToken()), key);
  const good = [answer, signToken(collectionAround(sampleToken()), key)];
  const forged = sampleToken().replaceAll("aW1tdXRhYmxl", "bWFsbG9yeQ");
  const words = [
    ' AssertionID="_assertion-1"',
    "</t:RequestedSecurityToken>",
    // A second token with another subject, with and without the signature of the first.
    forged,
    answerAround(forged),
    tokenIn(answer),
    tokenIn(answer).replaceAll("aW1tdXRhYmxl", "bWFsbG9yeQ"),
  ];
  return await markupSubject(good, words, judge);
}
