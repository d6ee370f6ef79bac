/** The part of Tauri's global object that invoke.js uses. */
interface TauriCore {
  invoke<T>(command: string, args?: Record<string, unknown>): Promise<T>
  Channel: new <T>() => { onmessage: (message: T) => void }
}

interface Window {
  __TAURI__: { core: TauriCore }
}
