import type { SamlResponse, WsFedResponse } from "../artifact.ts";
import { ENTRA_AS_IDP, ENTRA_RECIPIENT, isEntraAudience } from "../vocabulary/saml-entra.ts";

/** What a response says about who is to read it. */
export interface Address {
  readonly issuer: string | undefined;
  readonly audiences: readonly string[];
  readonly recipients: readonly string[];
}

/** Whom an address names: Entra, another reader, or, where it contradicts itself, both. */
export interface Named {
  readonly entra: boolean;
  readonly other: boolean;
}

/** To whom a SAML response is addressed. */
export function samlAddress({ envelope, assertion }: SamlResponse): Address {
  const recipients = assertion?.confirmations.map(({ recipient }) => recipient) ?? [];
  // The address on an envelope that nobody signed is the sender's word only.
  const destination = envelope.signed ? envelope.destination : undefined;
  return {
    issuer: assertion?.issuer ?? envelope.issuer,
    audiences: assertion?.conditions?.audienceRestrictions.flat() ?? [],
    recipients: [...recipients, destination].filter((each) => each !== undefined),
  };
}

/** To whom a WS-Federation token is addressed. */
export function wsFedAddress({ issuer, conditions, subjects }: WsFedResponse): Address {
  return {
    issuer,
    audiences: conditions?.audienceRestrictions.flat() ?? [],
    recipients: subjects
      .flatMap(({ confirmations }) => confirmations.map(({ recipient }) => recipient))
      .filter((each) => each !== undefined),
  };
}

/** Whom audience, recipient and issuer name: what Entra itself issued is for another reader. */
export function namedBy({ issuer, audiences, recipients }: Address): Named {
  const named = [...audiences.map(isEntraAudience), ...recipients.map((each) => ENTRA_RECIPIENT.test(each))];
  const issuedByEntra = issuer !== undefined && ENTRA_AS_IDP.test(issuer);
  return { entra: named.includes(true), other: named.includes(false) || issuedByEntra };
}

/** Whether Entra may be the reader: it is named, or nobody is. */
export function mayBeForEntra(address: Address): boolean {
  const { entra, other } = namedBy(address);
  return entra || !other;
}
