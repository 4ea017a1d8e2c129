import { z } from "zod";
import { RequestRefusal } from "../refusal.ts";
import {
  decodeMessage,
  type MessageBinding,
  type MessageKind,
  type MessageParameter,
  readMessage,
} from "./message.ts";
import type { ServiceProvider, ServiceProviders } from "./service-providers.ts";

/** A message as it came, before anything is believed. */
export interface Envelope {
  readonly parameter: MessageParameter;
  readonly binding: MessageBinding;
  readonly encoded: string;
  /** Exactly as received; undefined: none was. */
  readonly relayState: string | undefined;
  /** The query as it was sent, if it is signed; a form carries its signature in the message. */
  readonly signedQuery: string | undefined;
}

/** A message that was read, and the service provider that sent it if it is registered. */
export interface Received<Message> {
  readonly message: Message;
  readonly sender: ServiceProvider | undefined;
}

const text = z.string().min(1).optional();
const fieldsSchema = z.object({ SAMLRequest: text, SAMLResponse: text, RelayState: z.string().optional() });

/** The names of a query that are there more than once would be read in two ways. */
function fieldsOfQuery(query: string): Record<string, string> {
  const pairs = [...new URLSearchParams(query)];
  const [repeated] = pairs.filter(([name], index) => pairs.findIndex(([other]) => other === name) !== index);
  if (repeated === undefined) return Object.fromEntries(pairs);
  throw new RequestRefusal(`The request says ${repeated[0]} more than once`);
}

/** Opens a form that was posted. */
export function openForm(body: unknown): Envelope {
  return envelope(body, "post", undefined);
}

/**
 * Opens a query.
 *
 * @param query as it was sent, without the question mark
 */
export function openQuery(query: string): Envelope {
  const fields = fieldsOfQuery(query);
  return envelope(fields, "redirect", fields["Signature"] === undefined ? undefined : query);
}

function envelope(fields: unknown, binding: MessageBinding, signedQuery: string | undefined): Envelope {
  const parsed = fieldsSchema.safeParse(fields ?? {});
  const { SAMLRequest, SAMLResponse, RelayState } = parsed.data ?? {};
  const parameter = SAMLRequest === undefined ? "SAMLResponse" : "SAMLRequest";
  const encoded = SAMLRequest ?? SAMLResponse;
  if (encoded === undefined) throw new RequestRefusal("The request lacks a usable SAMLRequest");
  return { parameter, binding, encoded, relayState: RelayState, signedQuery };
}

/** The XML that the sender vouches for; undefined: the message is not signed. */
async function signedPart(
  xml: string,
  { parameter, binding, signedQuery }: Envelope,
  { signingKeys }: ServiceProvider,
): Promise<string | undefined> {
  // Imported late: it brings the signature library, and most service providers are not registered.
  const { checkQuerySignature, signedXml } = await import("./signature-check.ts");
  if (binding === "post") return signedXml(xml, parameter, signingKeys);
  if (signedQuery === undefined) return undefined;
  checkQuerySignature(signedQuery, parameter, signingKeys);
  return xml;
}

/**
 * Reads a message, and checks its signature if its sender is registered with keys.
 *
 * @param mustBeSigned whether this sender's messages of this kind are always signed
 * @throws RequestRefusal when it is none, or is not by whom it says
 */
export async function receive<Message extends { readonly issuer: string }>(
  opened: Envelope,
  kind: MessageKind<Message>,
  registered: ServiceProviders,
  mustBeSigned: (sender: ServiceProvider) => boolean,
): Promise<Received<Message>> {
  if (opened.parameter !== kind.parameter)
    throw new RequestRefusal(`The request lacks a usable ${kind.parameter}`);
  const xml = decodeMessage(opened.encoded, opened.binding, opened.parameter);
  const message = await readMessage(xml, kind);
  const sender = registered.get(message.issuer);
  if (sender === undefined || sender.signingKeys.length === 0) return { message, sender };
  const signed = await signedPart(xml, opened, sender);
  if (signed !== undefined) return { message: await readAgain(signed, kind, message.issuer), sender };
  if (!mustBeSigned(sender)) return { message, sender };
  throw new RequestRefusal(`The ${kind.element} is not signed, and ${message.issuer} signs what it sends`);
}

/** Only what was signed counts, so that nothing wrapped around it is read. */
async function readAgain<Message extends { readonly issuer: string }>(
  signed: string,
  kind: MessageKind<Message>,
  issuer: string,
): Promise<Message> {
  const message = await readMessage(signed, kind);
  if (message.issuer === issuer) return message;
  throw new RequestRefusal(`The ${kind.element} is signed for ${message.issuer}, not for ${issuer}`);
}
