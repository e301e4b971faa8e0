/** What a call ended with: its answer, or kind and message of its trouble. */
export async function told(work: () => Promise<unknown>): Promise<unknown> {
  try {
    return await work();
  } catch (trouble) {
    const { data, message } = trouble as {
      readonly data?: { readonly kind: string };
      readonly message: string;
    };
    return { kind: data?.kind ?? String(trouble), message };
  }
}
