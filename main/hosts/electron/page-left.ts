import type { WebContents } from 'electron';

/** Calls once when the page that is shown now goes: another takes its place, or its process ended. */
export function whenPageLeft(contents: WebContents, left: () => void): () => void {
  const forget = (): void => {
    contents.off('did-start-navigation', navigated);
    contents.off('render-process-gone', gone);
    contents.off('destroyed', gone);
  };
  const gone = (): void => {
    forget();
    left();
  };
  const navigated = (details: { readonly isMainFrame: boolean; readonly isSameDocument: boolean }): void => {
    if (details.isMainFrame && !details.isSameDocument) gone();
  };
  contents.on('did-start-navigation', navigated);
  contents.on('render-process-gone', gone);
  contents.on('destroyed', gone);
  return forget;
}
