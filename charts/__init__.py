"""Chart builders: data in, Vega-Lite specification out. Nothing here imports Streamlit or pandas."""
