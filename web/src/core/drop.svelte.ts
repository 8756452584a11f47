// What was dropped on the page: taken at once, since a browser forgets it after the event; where no case is open yet it waits
// for one.
let waiting = $state.raw<FileSystemEntry[]>([]);
export const waitingDrop = () => waiting;
export function keepDrop(entries: FileSystemEntry[]): void {
  waiting = entries;
}

export function entriesOf(transfer: DataTransfer | null): FileSystemEntry[] {
  return [...(transfer?.items ?? [])].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
}
