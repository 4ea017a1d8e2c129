/** The part that is used of a library without types of its own. */
declare module "xml-encryption" {
  interface EncryptOptions {
    /** PEM of the public key. */
    readonly rsa_pub: string;
    /** PEM of the certificate that KeyInfo shows. */
    readonly pem: string;
    readonly encryptionAlgorithm: string;
    readonly keyEncryptionAlgorithm: string;
    readonly keyEncryptionDigest: "sha1";
    readonly warnInsecureAlgorithm: false;
  }
  const library: {
    readonly encrypt: (
      content: string,
      options: EncryptOptions,
      callback: (error: Error | null, encrypted: string) => void,
    ) => void;
  };
  export = library;
}
