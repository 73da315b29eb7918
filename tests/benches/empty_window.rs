//! A minimal eframe window, for `against_peers`. It prints a line for each frame, as
//! `allegiance --frames` does.

use egui::{CentralPanel, Ui, ViewportBuilder};

struct Empty(u64);

impl eframe::App for Empty {
    fn ui(&mut self, ui: &mut Ui, _: &mut eframe::Frame) {
        self.0 += 1;
        eprintln!("frame {}", self.0);
        CentralPanel::default().show(ui, |ui| ui.label("Nothing"));
    }
}

fn main() -> eframe::Result {
    let viewport = ViewportBuilder::default().with_inner_size([1440.0, 900.0]);
    let options = eframe::NativeOptions { viewport, ..eframe::NativeOptions::default() };
    eframe::run_native("Empty", options, Box::new(|_| Ok(Box::new(Empty(0)))))
}
