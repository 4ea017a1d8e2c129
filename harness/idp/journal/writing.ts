import type { Request, Response } from "express";
import type { Channel } from "../../emission/channels.ts";
import type { ArtifactKind, JournalEntry, JournalProtocol, KeptParameters } from "./entry.ts";
import type { JournalNotes } from "./notes.ts";
import type { Redactor } from "./redact.ts";

/** A request with its answer and what is known about it. */
export interface Answered {
  readonly request: Request;
  readonly response: Response;
  /** As it came: whoever answers a request may have another one answered in its place. */
  readonly method: string;
  readonly originalUrl: string;
  readonly notes: JournalNotes;
  readonly durationMilliseconds: number;
  /** Seconds since the epoch. */
  readonly at: number;
}

const KINDS: Readonly<Record<Channel, ArtifactKind>> = {
  oidc: "id-token",
  "partner-api": "access-token",
  saml: "saml-response",
  wsfed: "wsfed-response",
  eam: "eam-id-token",
};

const PROTOCOLS: readonly (readonly [string, JournalProtocol, Channel | undefined])[] = [
  ["oidc", "oidc", "oidc"],
  ["saml", "saml", "saml"],
  ["wsfed", "wsfed", "wsfed"],
  ["eam", "eam", "eam"],
  ["_harness", "api", undefined],
];

/** An issuer of its own stands for an offer or for a scenario. */
function faultOf(id: string): Partial<JournalEntry> {
  return id.startsWith("offer-") ? { choice: id } : { scenario: id };
}

function asked(path: string): Partial<JournalEntry> {
  const [, first, id = "", second] = path.split("/");
  const isFault = first === "fault" && id !== "";
  const name = isFault ? second : first;
  const [, protocol, channel] = PROTOCOLS.find(([known]) => known === name) ?? [];
  return {
    ...(protocol === undefined ? {} : { protocol }),
    ...(channel === undefined ? {} : { channel }),
    ...(isFault ? faultOf(id) : {}),
  };
}

const SCHEMES: readonly string[] = ["Basic", "Bearer", "DPoP"];

function headersOf({ headers }: Request, { mark }: Redactor): KeptParameters {
  const [scheme = "", ...rest] = (headers.authorization ?? "").split(" ");
  const known = SCHEMES.find((name) => name.toLowerCase() === scheme.toLowerCase());
  const credentials = known === undefined ? mark(scheme) : `${known} ${mark(rest.join(" "))}`;
  const cookies = (headers.cookie ?? "").split(";").map((pair) => pair.split("=")[0]?.trim() ?? "");
  const names = cookies.map((name) => (/^mfa_[a-z0-9_.]{1,80}$/.test(name) ? name : mark(name)));
  return {
    ...(headers.authorization === undefined ? {} : { Authorization: credentials }),
    ...(headers.cookie === undefined ? {} : { Cookie: names.slice(0, 10).join(" ") }),
  };
}

/** The client id of HTTP Basic authentication, which RFC 6749 §2.3.1 has form-encoded first. */
function basicUser({ headers }: Request): string | undefined {
  const [, encoded] = /^Basic (.+)$/i.exec(headers.authorization ?? "") ?? [];
  const [, user] = /^([^:]+):/.exec(Buffer.from(encoded ?? "", "base64").toString()) ?? [];
  return user === undefined ? undefined : (new URLSearchParams(`user=${user}`).get("user") ?? undefined);
}

const LONGEST_NAME = 200;

function whoAsked(parameters: KeptParameters, { request, notes }: Answered): string | undefined {
  const who = parameters["client_id"] ?? basicUser(request) ?? parameters["wtrealm"] ?? notes.application;
  return who === "" ? undefined : who?.slice(0, LONGEST_NAME);
}

function parametersOf(url: string): Record<string, string> {
  const [, query = ""] = /[?#](.*)$/s.exec(url) ?? [];
  return Object.fromEntries(new URLSearchParams(query.replaceAll("#", "&")));
}

function sentTo({ response }: Answered, { address, parameters }: Redactor): Partial<JournalEntry> {
  const location = response.getHeader("location");
  if (typeof location !== "string") return {};
  return { location: address(location), locationParameters: parameters(parametersOf(location)) };
}

function saidBy(
  { notes }: Answered,
  scenarioOf: (choice: string) => string | undefined,
): Partial<JournalEntry> {
  const { choice, issued } = notes;
  const channel = issued[0]?.channel;
  const scenario = choice === undefined ? undefined : scenarioOf(choice);
  return {
    ...(channel === undefined ? {} : { channel }),
    ...(choice === undefined ? {} : { choice }),
    ...(scenario === undefined ? {} : { scenario }),
  };
}

/** Makes the entry of a request that was answered, without any secret of either. */
export function describeAnswered(
  answered: Answered,
  redactor: Redactor,
  scenarioOf: (choice: string) => string | undefined,
): JournalEntry {
  const { request, response, method, originalUrl, notes, durationMilliseconds, at } = answered;
  const [target = ""] = originalUrl.split(/[?#]/);
  const path = redactor.path(target);
  const body: unknown = request.body ?? notes.body;
  const sent = redactor.parameters(parametersOf(originalUrl), body);
  const who = whoAsked(sent, answered);
  return {
    at,
    method,
    path,
    status: response.writableFinished ? response.statusCode : 0,
    durationMilliseconds,
    ...asked(path),
    ...saidBy(answered, scenarioOf),
    ...(who === undefined ? {} : { who }),
    issued: notes.issued.map(({ channel }) => KINDS[channel]),
    parameters: { ...headersOf(request, redactor), ...sent },
    ...sentTo(answered, redactor),
  };
}
