use allegiance::*;
fn main(){
  let a: Vec<String>=std::env::args().collect();
  let o=file::open(std::path::Path::new(&a[1])).unwrap_or_else(|e|{eprintln!("{e}");std::process::exit(1)});
  for w in &o.warnings {eprintln!("{w}");}
  let pos:Vec<_>=o.map.actors.iter().map(|x|{let p=&o.map.layout[&x.id];scene::geometry::point(p.x as f32,p.y as f32)}).collect();
  let page=export::Page{width_px:a[3].parse().unwrap(),height_px:a[4].parse().unwrap(),scale:1.0,theme:scene::theme::Theme::light(),view:Default::default(),camera:None};
  let b=export::render(&o.map,&pos,&page,export::Format::of(std::path::Path::new(&a[2])).unwrap()).unwrap();
  std::fs::write(&a[2],b).unwrap();
}
