/** A page or a specification that references name, and how an address of one of its sections is made. */
export interface CitationSource {
  /** How a reference names it, exactly. */
  readonly name: string;
  readonly url: string;
  /** What stands before the number of a section in its address; absent: sections have no address of their own. */
  readonly section?: string;
  /** Addresses of single sections, where they follow from no number. */
  readonly sections?: Readonly<Record<string, string>>;
}
