/** The error classes that a tenant puts on the global of every database action script, with their fields. */
import { defineGlobal } from '../globals/globals.ts';

const BAD_REQUEST = 400;
const UNAUTHORIZED = 401;

abstract class ScriptContractError extends Error {
  constructor(message: string | undefined) {
    super(message);
    // `message` stays undefined when it was not passed, unlike with a plain Error.
    Object.defineProperty(this, 'message', { value: message, writable: true, configurable: true });
  }
}

class WrongUsernameOrPasswordError extends ScriptContractError {
  override name = 'WrongUsernameOrPasswordError';
  code = 'wrongusernameorpassword';
  user_id: unknown;
  statusCode = BAD_REQUEST;
  constructor(userId?: unknown, message?: string) {
    super(message);
    this.user_id = userId;
  }
}

class ValidationError extends ScriptContractError {
  override name = 'ValidationError';
  code: unknown;
  description: string | undefined;
  statusCode = BAD_REQUEST;
  constructor(code?: unknown, message?: string) {
    super(message);
    this.code = code;
    this.description = message;
  }
}

class UnauthorizedError extends ScriptContractError {
  override name = 'UnauthorizedError';
  code = 'unauthorized';
  description: string | undefined;
  statusCode = UNAUTHORIZED;
  constructor(message?: string) {
    super(message);
    this.description = message;
  }
}

export function defineErrorClasses(): void {
  defineGlobal('WrongUsernameOrPasswordError', WrongUsernameOrPasswordError);
  defineGlobal('ValidationError', ValidationError);
  defineGlobal('UnauthorizedError', UnauthorizedError);
}
