//! Which renderer draws the window: old graphics chips and remote desktops want one or the other. What drew here last time is
//! remembered, and what ended the program before anything was seen is not tried first again.

use eframe::Renderer;

use crate::desk::device::Device;

/// What is asked for where the program is started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// This one.
    This(Renderer),
    /// The other one than last time: nothing was seen, or it was garbled.
    Other,
}

/// What drew here last time.
const DREW: &str = "renderer";
/// What is being tried until something was seen.
const TRIED: &str = "renderer-tried";
/// After so many frames something was seen.
const FRAMES: u64 = 3;

/// Both, in the order in which they are tried: the one asked for, else the one that drew here last time, else glow, which old
/// machines know better.
pub(super) fn order(asked: Option<Asked>, device: &Device) -> [Renderer; 2] {
    let known = |key| device.get(key).and_then(from_code);
    let last = known(DREW).unwrap_or(Renderer::Glow);
    let first = match asked {
        Some(Asked::This(renderer)) => renderer,
        Some(Asked::Other) => other(last),
        None => known(TRIED).map_or(last, other),
    };
    [first, other(first)]
}

/// One is tried now.
pub(super) fn trying(device: &mut Device, renderer: Renderer) {
    device.set(TRIED, &renderer.to_string());
}

/// Whether nothing was seen of the one that is being tried.
pub(super) fn is_unseen(device: &Device) -> bool {
    device.get(TRIED).is_some_and(|tried| !tried.is_empty())
}

/// It could not begin and the program lives to try the other, or the window was closed as it should be.
pub(super) fn ended(device: &mut Device) {
    device.set(TRIED, "");
}

/// So many frames were drawn: from some on, the renderer is known to draw.
pub(super) fn drew(frames: u64, device: &mut Device) {
    if frames >= FRAMES
        && let Some(renderer) = device.get(TRIED).and_then(from_code)
    {
        device.set_all(&[(DREW, &renderer.to_string()), (TRIED, "")]);
    }
}

fn other(renderer: Renderer) -> Renderer {
    match renderer {
        Renderer::Glow => Renderer::Wgpu,
        Renderer::Wgpu => Renderer::Glow,
    }
}

fn from_code(code: &str) -> Option<Renderer> {
    [Renderer::Glow, Renderer::Wgpu].into_iter().find(|renderer| renderer.to_string() == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_drew_is_tried_first_and_what_ended_the_program_unseen_is_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut device = Device::load(&folder.path().join("settings.txt"));
        assert_eq!(order(None, &device), [Renderer::Glow, Renderer::Wgpu]);
        assert_eq!(order(Some(Asked::This(Renderer::Wgpu)), &device), [Renderer::Wgpu, Renderer::Glow]);

        // It ended before anything was seen.
        trying(&mut device, Renderer::Glow);
        let mut device = Device::load(&folder.path().join("settings.txt"));
        assert_eq!(order(None, &device), [Renderer::Wgpu, Renderer::Glow]);

        // The other one draws, and goes on being first.
        trying(&mut device, Renderer::Wgpu);
        drew(FRAMES - 1, &mut device);
        assert!(is_unseen(&device));
        drew(FRAMES, &mut device);
        let mut device = Device::load(&folder.path().join("settings.txt"));
        assert_eq!(order(None, &device), [Renderer::Wgpu, Renderer::Glow]);
        assert_eq!(order(Some(Asked::This(Renderer::Glow)), &device), [Renderer::Glow, Renderer::Wgpu]);

        // It draws, says the program; somebody sees a black window.
        assert_eq!(order(Some(Asked::Other), &device), [Renderer::Glow, Renderer::Wgpu]);

        // It fails to begin and says so: it drew here once, and may again.
        trying(&mut device, Renderer::Wgpu);
        assert!(is_unseen(&device));
        ended(&mut device);
        assert_eq!(order(None, &device), [Renderer::Wgpu, Renderer::Glow]);
    }
}
