"""Streamlit pieces that pages share. Arithmetic on economics belongs in model/, drawing in charts/."""
