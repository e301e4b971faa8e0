/** Hands a text to the engineer as a file: through the system's dialog on the desktop, as a download in a browser. */
export async function saveText(fileName: string, text: string, type = 'text/plain'): Promise<void> {
  await saveBlob(fileName, new Blob([text], { type }), type);
}

/** The same for what may be too large for one string. */
export async function saveBlob(fileName: string, content: Blob, type: string): Promise<void> {
  if (window.userferry !== undefined) {
    const bytes = new Uint8Array(await content.arrayBuffer());
    await window.userferry.saveFile({ suggestedName: fileName, content: bytes });
    return;
  }
  const address = URL.createObjectURL(content.type === '' ? new Blob([content], { type }) : content);
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  // The download has begun by the next turn; the address may go.
  setTimeout(() => URL.revokeObjectURL(address), 1_000);
}
