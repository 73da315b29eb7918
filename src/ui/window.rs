//! Opens the native window, or reports why that is not possible.

use std::sync::Arc;

use egui::{ViewportBuilder, vec2};
use thiserror::Error;

use super::MIN_SIZE;
use super::app::{App, Setup};
use super::dialogs::files::{Listener, SystemDialogs, complain};

/// The window could not be opened.
#[derive(Debug, Error)]
#[error(
    "the window could not be opened: {reason}\n\
     To export a picture without a window: allegiance export MAP OUT.png (see allegiance --help)"
)]
pub struct NoWindow {
    /// The reason, such as a missing library and the package to install.
    pub reason: String,
}

/// Opens the window and runs until it is closed.
///
/// # Errors
/// When there is no display, or a required system library is missing.
pub fn run(setup: Setup) -> Result<(), NoWindow> {
    look_for_display().map_err(|reason| NoWindow { reason })?;
    if log::set_logger(&Listener).is_ok() {
        log::set_max_level(log::LevelFilter::Warn);
    }
    let settings = &setup.settings;
    let icon = eframe::icon_data::from_png_bytes(include_bytes!("../../assets/icon.png")).ok();
    let mut viewport = ViewportBuilder::default()
        .with_app_id("allegiance")
        .with_title("Allegiance")
        .with_inner_size(settings.window)
        .with_min_inner_size(vec2(MIN_SIZE.0, MIN_SIZE.1))
        .with_maximized(settings.is_maximized)
        .with_drag_and_drop(true);
    if let Some(icon) = icon {
        viewport = viewport.with_icon(Arc::new(icon));
    }
    let options = eframe::NativeOptions {
        viewport,
        renderer: renderer(),
        // Nothing here has gradients, and without a graphics card dithering takes up to a fifth of
        // a frame.
        dithering: false,
        ..eframe::NativeOptions::default()
    };
    eframe::run_native(
        "allegiance",
        options,
        Box::new(|context| {
            let dialogs = Arc::new(SystemDialogs::of(context));
            Ok(Box::new(App::new(&context.egui_ctx, Setup { dialogs, ..setup })))
        }),
    )
    .map_err(|error| told(NoWindow { reason: reason(&error) }))
}

/// Why eframe could not open the window, and what to do about it.
fn reason(error: &eframe::Error) -> String {
    use eframe::Error::{Glutin, NoGlutinConfigs, OpenGL};
    if !matches!(error, Glutin(_) | NoGlutinConfigs(..) | OpenGL(_)) {
        return error.to_string();
    }
    let remedy = if cfg!(windows) {
        "Install the driver of the graphics card, or put the opengl32.dll of Mesa, which needs no \
         graphics card, beside allegiance.exe"
    } else {
        "Install the driver of the graphics card, or the package libgl1-mesa-dri, which needs no \
         graphics card"
    };
    format!("OpenGL 2.1 or later is missing ({error}). {remedy}.")
}

/// Shows the reason in a message box on systems on which a program has no terminal.
fn told(error: NoWindow) -> NoWindow {
    if cfg!(any(windows, target_os = "macos")) {
        complain(&error.to_string());
    }
    error
}

#[cfg(feature = "wgpu")]
fn renderer() -> eframe::Renderer {
    eframe::Renderer::Wgpu
}

#[cfg(not(feature = "wgpu"))]
fn renderer() -> eframe::Renderer {
    eframe::Renderer::Glow
}

/// Checks for a display and for the libraries without which winit would panic (X11 and Wayland).
#[cfg(all(unix, not(target_os = "macos")))]
fn look_for_display() -> Result<(), String> {
    let has_wayland = is_set("WAYLAND_DISPLAY") || is_set("WAYLAND_SOCKET");
    if !has_wayland && !is_set("DISPLAY") {
        return Err("there is no display (neither WAYLAND_DISPLAY nor DISPLAY is set)".to_owned());
    }
    if xkbcommon_dl::xkbcommon_option().is_none() {
        return Err(
            "the library libxkbcommon is missing; install the package libxkbcommon0".to_owned()
        );
    }
    if !has_wayland && xkbcommon_dl::x11::xkbcommon_x11_option().is_none() {
        return Err(
            "the library libxkbcommon-x11 is missing; install the package libxkbcommon-x11-0"
                .to_owned(),
        );
    }
    Ok(())
}

/// True if an environment variable is set and not empty.
#[cfg(all(unix, not(target_os = "macos")))]
fn is_set(name: &str) -> bool {
    std::env::var_os(name).is_some_and(|value| !value.is_empty())
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
#[expect(clippy::unnecessary_wraps, reason = "can fail on Linux and BSD")]
fn look_for_display() -> Result<(), String> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_opengl_it_is_said_what_to_install() {
        let missing = eframe::egui_glow::PainterError::from("no shader".to_owned());
        let reason = reason(&eframe::Error::OpenGL(missing));
        assert!(reason.starts_with("OpenGL 2.1 or later is missing ("), "{reason}");
        assert!(reason.contains("libgl1-mesa-dri") || reason.contains("opengl32.dll"), "{reason}");
        let other = eframe::Error::AppCreation("out of memory".into());
        assert!(!self::reason(&other).contains("OpenGL"));
    }
}
