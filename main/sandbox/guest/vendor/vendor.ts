/** The two libraries bundled with the guest, evaluated at first use: they require Node's modules themselves. */
declare function require(id: 'http-parser-js'): { readonly HTTPParser: unknown };
declare function require(id: 'string_decoder/'): { readonly StringDecoder: unknown };

export const httpParser = (): unknown => require('http-parser-js').HTTPParser;
export const stringDecoder = (): unknown => require('string_decoder/').StringDecoder;
