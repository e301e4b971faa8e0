/** Codes of the old exceptions; newer names have 0. */
const CODES: Readonly<Record<string, number>> = {
  IndexSizeError: 1,
  HierarchyRequestError: 3,
  WrongDocumentError: 4,
  InvalidCharacterError: 5,
  NoModificationAllowedError: 7,
  NotFoundError: 8,
  NotSupportedError: 9,
  InUseAttributeError: 10,
  InvalidStateError: 11,
  SyntaxError: 12,
  InvalidModificationError: 13,
  NamespaceError: 14,
  InvalidAccessError: 15,
  TypeMismatchError: 17,
  SecurityError: 18,
  NetworkError: 19,
  AbortError: 20,
  URLMismatchError: 21,
  QuotaExceededError: 22,
  TimeoutError: 23,
  InvalidNodeTypeError: 24,
  DataCloneError: 25,
};

type Options = { readonly name?: string; readonly cause?: unknown };

/** The lib's DOMException comes from C++; this one has its shape. */
export class DOMException extends Error {
  readonly code: number;

  constructor(message = '', options: string | Options = 'Error') {
    super(message);
    const given = typeof options === 'string' ? { name: options } : options;
    const name = given.name ?? 'Error';
    Object.defineProperty(this, 'name', { value: name, configurable: true });
    if ('cause' in given)
      Object.defineProperty(this, 'cause', { value: given.cause, configurable: true, writable: true });
    this.code = CODES[name] ?? 0;
  }
}
